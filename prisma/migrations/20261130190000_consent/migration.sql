-- The register's table is called what the register is called in the code.
ALTER TABLE "PhotoConsent" RENAME TO "Consent";
ALTER TABLE "Consent" RENAME CONSTRAINT "PhotoConsent_pkey" TO "Consent_pkey";
ALTER TABLE "Consent" RENAME CONSTRAINT "PhotoConsent_personId_fkey" TO "Consent_personId_fkey";
ALTER TABLE "Consent" RENAME CONSTRAINT "PhotoConsent_withdrawnById_fkey" TO "Consent_withdrawnById_fkey";
ALTER TABLE "Consent" RENAME CONSTRAINT "PhotoConsent_days" TO "Consent_days";
ALTER TABLE "Consent" RENAME CONSTRAINT "PhotoConsent_withdrawal" TO "Consent_withdrawal";
ALTER INDEX "PhotoConsent_reference_key" RENAME TO "Consent_reference_key";
ALTER INDEX "PhotoConsent_body_recordedAt_idx" RENAME TO "Consent_body_recordedAt_idx";
ALTER INDEX "PhotoConsent_personId_startKey_key" RENAME TO "Consent_personId_startKey_key";
UPDATE "NameDoubt" SET "table" = 'Consent' WHERE "table" = 'PhotoConsent';
