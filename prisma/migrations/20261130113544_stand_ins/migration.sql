-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "handedOverOn" TEXT,
ADD COLUMN     "standsInAs" TEXT[] DEFAULT ARRAY[]::TEXT[];
