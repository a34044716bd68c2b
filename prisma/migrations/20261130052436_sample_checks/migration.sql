-- CreateTable
CREATE TABLE "UnderstandingSample" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "population" TEXT NOT NULL,
    "populationName" TEXT NOT NULL,
    "populationSize" INTEGER NOT NULL,
    "populationHash" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "lastDay" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "closedById" TEXT,

    CONSTRAINT "UnderstandingSample_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SampledPerson" (
    "id" TEXT NOT NULL,
    "sampleId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "situations" TEXT[],
    "choices" TEXT[],
    "right" BOOLEAN[],
    "answeredAt" TIMESTAMPTZ(3),
    "excusedAt" TIMESTAMPTZ(3),
    "excusedBecause" TEXT,
    "excusedById" TEXT,

    CONSTRAINT "SampledPerson_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "UnderstandingSample_reference_key" ON "UnderstandingSample"("reference");

-- CreateIndex
CREATE INDEX "UnderstandingSample_body_startedAt_idx" ON "UnderstandingSample"("body", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "UnderstandingSample_personId_startKey_key" ON "UnderstandingSample"("personId", "startKey");

-- CreateIndex
CREATE UNIQUE INDEX "SampledPerson_sampleId_personId_key" ON "SampledPerson"("sampleId", "personId");

-- CreateIndex
CREATE INDEX "SampledPerson_personId_idx" ON "SampledPerson"("personId");

-- AddForeignKey
ALTER TABLE "UnderstandingSample" ADD CONSTRAINT "UnderstandingSample_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UnderstandingSample" ADD CONSTRAINT "UnderstandingSample_closedById_fkey" FOREIGN KEY ("closedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SampledPerson" ADD CONSTRAINT "SampledPerson_sampleId_fkey" FOREIGN KEY ("sampleId") REFERENCES "UnderstandingSample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SampledPerson" ADD CONSTRAINT "SampledPerson_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SampledPerson" ADD CONSTRAINT "SampledPerson_excusedById_fkey" FOREIGN KEY ("excusedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
