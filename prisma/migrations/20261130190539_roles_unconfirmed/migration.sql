-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "rolesUnconfirmedSince" TIMESTAMPTZ(3),
ADD COLUMN     "rolesUnconfirmedWhy" TEXT;
