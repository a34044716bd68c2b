-- CreateEnum
CREATE TYPE "AbsenceSource" AS ENUM ('form', 'list', 'scim');

-- CreateTable
CREATE TABLE "Absence" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "firstDay" TEXT NOT NULL,
    "lastDay" TEXT NOT NULL,
    "source" "AbsenceSource" NOT NULL,
    "recordedById" TEXT,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Absence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Absence_personId_firstDay_idx" ON "Absence"("personId", "firstDay");

-- CreateIndex
CREATE INDEX "Absence_recordedById_idx" ON "Absence"("recordedById");

-- AddForeignKey
ALTER TABLE "Absence" ADD CONSTRAINT "Absence_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Absence" ADD CONSTRAINT "Absence_recordedById_fkey" FOREIGN KEY ("recordedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
