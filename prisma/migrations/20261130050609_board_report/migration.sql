-- AlterTable
ALTER TABLE "Acknowledgement" ADD COLUMN     "theme" TEXT;

-- CreateTable
CREATE TABLE "BoardReport" (
    "body" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BoardReport_pkey" PRIMARY KEY ("body","month")
);

-- CreateIndex
CREATE INDEX "Evidence_body_at_idx" ON "Evidence"("body", "at");
