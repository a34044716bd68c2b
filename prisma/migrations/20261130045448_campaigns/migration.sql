-- CreateEnum
CREATE TYPE "CampaignState" AS ENUM ('draft', 'running', 'stopped', 'not-needed');

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "employerSince" TEXT,
ADD COLUMN     "kindSince" TEXT,
ADD COLUMN     "returnedOn" TEXT,
ADD COLUMN     "rolesSince" JSONB,
ADD COLUMN     "teamSince" TEXT;

-- CreateTable
CREATE TABLE "Campaign" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "state" "CampaignState" NOT NULL DEFAULT 'draft',
    "workingDays" INTEGER NOT NULL,
    "remindBefore" INTEGER[],
    "checksUnderstanding" BOOLEAN NOT NULL,
    "readingMinutes" INTEGER NOT NULL,
    "targetPercent" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdById" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "startedById" TEXT,
    "endedAt" TIMESTAMPTZ(3),
    "endedById" TEXT,
    "endReason" TEXT,

    CONSTRAINT "Campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CampaignAudience" (
    "campaignId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "CampaignAudience_pkey" PRIMARY KEY ("campaignId","kind","value")
);

-- CreateTable
CREATE TABLE "Exemption" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "lastDay" TEXT,
    "givenAt" TIMESTAMPTZ(3) NOT NULL,
    "givenById" TEXT NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endedById" TEXT,

    CONSTRAINT "Exemption_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FollowUpHandOver" (
    "personId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" TEXT NOT NULL,

    CONSTRAINT "FollowUpHandOver_pkey" PRIMARY KEY ("personId","policy","version","hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "Campaign_reference_key" ON "Campaign"("reference");

-- CreateIndex
CREATE INDEX "Campaign_body_policy_version_idx" ON "Campaign"("body", "policy", "version");

-- CreateIndex
CREATE UNIQUE INDEX "Campaign_createdById_startKey_key" ON "Campaign"("createdById", "startKey");

-- CreateIndex
CREATE INDEX "Exemption_personId_policy_idx" ON "Exemption"("personId", "policy");

-- CreateIndex
CREATE INDEX "Exemption_body_policy_idx" ON "Exemption"("body", "policy");

-- CreateIndex
CREATE INDEX "FollowUpHandOver_body_idx" ON "FollowUpHandOver"("body");

-- AddForeignKey
ALTER TABLE "Campaign" ADD CONSTRAINT "Campaign_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Campaign" ADD CONSTRAINT "Campaign_startedById_fkey" FOREIGN KEY ("startedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Campaign" ADD CONSTRAINT "Campaign_endedById_fkey" FOREIGN KEY ("endedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CampaignAudience" ADD CONSTRAINT "CampaignAudience_campaignId_fkey" FOREIGN KEY ("campaignId") REFERENCES "Campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Exemption" ADD CONSTRAINT "Exemption_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Exemption" ADD CONSTRAINT "Exemption_givenById_fkey" FOREIGN KEY ("givenById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Exemption" ADD CONSTRAINT "Exemption_endedById_fkey" FOREIGN KEY ("endedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FollowUpHandOver" ADD CONSTRAINT "FollowUpHandOver_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FollowUpHandOver" ADD CONSTRAINT "FollowUpHandOver_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Lists, programs, administrators and sign-in change people in several ways; a campaign asks from the day on which
-- somebody came into its audience, whichever way it was.
CREATE FUNCTION "note_person_since"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  today text := to_char(NEW."updatedAt" AT TIME ZONE 'Europe/London', 'YYYY-MM-DD');
BEGIN
  IF NEW."teamId" IS DISTINCT FROM OLD."teamId" THEN NEW."teamSince" := today; END IF;
  IF NEW.employer <> OLD.employer THEN NEW."employerSince" := today; END IF;
  IF NEW.kind <> OLD.kind THEN NEW."kindSince" := today; END IF;
  IF OLD.status = 'left' AND NEW.status = 'active' THEN NEW."returnedOn" := today; END IF;
  IF NEW.roles <> OLD.roles THEN
    SELECT coalesce(jsonb_object_agg(r.role, CASE WHEN r.role = ANY(OLD.roles) THEN OLD."rolesSince"->>r.role ELSE today END), '{}')
      INTO NEW."rolesSince" FROM unnest(NEW.roles) AS r(role);
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "Person_since" BEFORE UPDATE ON "Person" FOR EACH ROW EXECUTE FUNCTION "note_person_since"();
