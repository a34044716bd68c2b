-- CreateEnum
CREATE TYPE "SigningKeyRevocation" AS ENUM ('compromised', 'superseded');

-- AlterTable
ALTER TABLE "SigningKey" ADD COLUMN     "body" TEXT,
ADD COLUMN     "expiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "revokedAt" TIMESTAMPTZ(3),
ADD COLUMN     "revokedBecause" "SigningKeyRevocation",
ADD COLUMN     "revokedById" TEXT;

ALTER TABLE "SigningKey" DROP CONSTRAINT "SigningKey_current";

-- The key of the whole portal signs nothing more: each body makes its own. What it signed until now still verifies.
UPDATE "SigningKey" SET "retiredAt" = now(), "current" = NULL, "sealed" = NULL WHERE "current" IS NOT NULL;
UPDATE "SigningKey" SET "expiresAt" = "madeAt" + INTERVAL '2 years';
ALTER TABLE "SigningKey" ALTER COLUMN "expiresAt" SET NOT NULL;

-- The one that signs names its body, and is the one whose private half is kept; a reason goes with each revocation.
ALTER TABLE "SigningKey" ADD CONSTRAINT "SigningKey_current" CHECK (
  (current = body AND body IS NOT NULL AND sealed IS NOT NULL AND "retiredAt" IS NULL AND "revokedAt" IS NULL)
  OR (current IS NULL AND sealed IS NULL AND "retiredAt" IS NOT NULL));
ALTER TABLE "SigningKey" ADD CONSTRAINT "SigningKey_revoked" CHECK (("revokedAt" IS NULL) = ("revokedBecause" IS NULL));

-- CreateIndex
CREATE INDEX "SigningKey_body_idx" ON "SigningKey"("body");

-- AddForeignKey
ALTER TABLE "SigningKey" ADD CONSTRAINT "SigningKey_revokedById_fkey" FOREIGN KEY ("revokedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
