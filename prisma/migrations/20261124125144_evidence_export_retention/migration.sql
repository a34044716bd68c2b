-- CreateTable
CREATE TABLE "EvidenceReading" (
    "readerId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "day" TEXT NOT NULL,

    CONSTRAINT "EvidenceReading_pkey" PRIMARY KEY ("readerId","personId","day")
);

-- CreateTable
CREATE TABLE "SigningKey" (
    "kid" TEXT NOT NULL,
    "publicKey" JSONB NOT NULL,
    "sealed" TEXT,
    "current" TEXT,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "madeById" TEXT,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "SigningKey_pkey" PRIMARY KEY ("kid")
);

-- CreateIndex
CREATE INDEX "EvidenceReading_personId_idx" ON "EvidenceReading"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "SigningKey_current_key" ON "SigningKey"("current");

-- AddForeignKey
ALTER TABLE "EvidenceReading" ADD CONSTRAINT "EvidenceReading_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvidenceReading" ADD CONSTRAINT "EvidenceReading_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SigningKey" ADD CONSTRAINT "SigningKey_madeById_fkey" FOREIGN KEY ("madeById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- One looks at others; what one sees of oneself is no reading.
ALTER TABLE "EvidenceReading" ADD CONSTRAINT "EvidenceReading_other" CHECK ("readerId" <> "personId");
ALTER TABLE "EvidenceReading" ADD CONSTRAINT "EvidenceReading_day" CHECK (day ~ '^\d{4}-\d{2}-\d{2}$');
-- The key that signs has its private half, one that was replaced has lost it.
ALTER TABLE "SigningKey" ADD CONSTRAINT "SigningKey_current" CHECK (
  (current = 'current' AND sealed IS NOT NULL AND "retiredAt" IS NULL)
  OR (current IS NULL AND sealed IS NULL AND "retiredAt" IS NOT NULL));
