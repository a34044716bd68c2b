-- AlterTable
ALTER TABLE "Acknowledgement" ADD COLUMN     "paperPlace" TEXT,
ADD COLUMN     "paperReason" TEXT,
ADD COLUMN     "recordedAt" TIMESTAMPTZ(3),
ADD COLUMN     "recordedById" TEXT;

-- CreateTable
CREATE TABLE "WithdrawnAnswer" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "answer" "AcknowledgementAnswer" NOT NULL,
    "ground" "DeclineGround",
    "reason" TEXT,
    "givenAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedById" TEXT NOT NULL,
    "paperPlace" TEXT NOT NULL,
    "paperReason" TEXT NOT NULL,
    "withdrawnAt" TIMESTAMPTZ(3) NOT NULL,
    "withdrawnById" TEXT NOT NULL,
    "withdrawnBecause" TEXT NOT NULL,

    CONSTRAINT "WithdrawnAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "WithdrawnAnswer_reference_key" ON "WithdrawnAnswer"("reference");

-- CreateIndex
CREATE INDEX "WithdrawnAnswer_personId_policy_idx" ON "WithdrawnAnswer"("personId", "policy");

-- AddForeignKey
ALTER TABLE "Acknowledgement" ADD CONSTRAINT "Acknowledgement_recordedById_fkey" FOREIGN KEY ("recordedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WithdrawnAnswer" ADD CONSTRAINT "WithdrawnAnswer_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WithdrawnAnswer" ADD CONSTRAINT "WithdrawnAnswer_recordedById_fkey" FOREIGN KEY ("recordedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WithdrawnAnswer" ADD CONSTRAINT "WithdrawnAnswer_withdrawnById_fkey" FOREIGN KEY ("withdrawnById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- An answer was recorded from paper or it was not; and nobody records their own.
ALTER TABLE "Acknowledgement" ADD CONSTRAINT "Acknowledgement_paper" CHECK (
  num_nonnulls("recordedAt", "recordedById", "paperPlace", "paperReason") IN (0, 4)
  AND ("recordedById" IS NULL OR "recordedById" <> "personId"));
ALTER TABLE "WithdrawnAnswer" ADD CONSTRAINT "WithdrawnAnswer_others" CHECK (
  "recordedById" <> "personId" AND "withdrawnById" <> "personId");
