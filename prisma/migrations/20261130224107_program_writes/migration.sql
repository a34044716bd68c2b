-- CreateTable
CREATE TABLE "BegunForm" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "tokenId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "begunAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BegunForm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiWrite" (
    "tokenId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ApiWrite_pkey" PRIMARY KEY ("tokenId","key")
);

-- CreateIndex
CREATE INDEX "BegunForm_personId_idx" ON "BegunForm"("personId");

-- CreateIndex
CREATE INDEX "BegunForm_tokenId_idx" ON "BegunForm"("tokenId");

-- CreateIndex
CREATE INDEX "BegunForm_begunAt_idx" ON "BegunForm"("begunAt");

-- CreateIndex
CREATE INDEX "ApiWrite_at_idx" ON "ApiWrite"("at");

-- AddForeignKey
ALTER TABLE "BegunForm" ADD CONSTRAINT "BegunForm_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BegunForm" ADD CONSTRAINT "BegunForm_tokenId_fkey" FOREIGN KEY ("tokenId") REFERENCES "ApiToken"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiWrite" ADD CONSTRAINT "ApiWrite_tokenId_fkey" FOREIGN KEY ("tokenId") REFERENCES "ApiToken"("id") ON DELETE CASCADE ON UPDATE CASCADE;
