-- AlterTable
ALTER TABLE "Hold" ADD COLUMN     "reviewOn" TEXT,
ADD COLUMN     "words" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "PhotoConsent" ADD COLUMN     "retiredAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "HoldRelease" (
    "id" TEXT NOT NULL,
    "holdId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "releasedAt" TIMESTAMPTZ(3) NOT NULL,
    "releasedById" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "HoldRelease_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Correction" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "personId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "before" JSONB NOT NULL,

    CONSTRAINT "Correction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "HoldRelease_holdId_personId_key" ON "HoldRelease"("holdId", "personId");

-- CreateIndex
CREATE INDEX "HoldRelease_personId_idx" ON "HoldRelease"("personId");

-- CreateIndex
CREATE INDEX "Correction_body_at_idx" ON "Correction"("body", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Correction_subject_position_key" ON "Correction"("subject", "position");

-- AddForeignKey
ALTER TABLE "HoldRelease" ADD CONSTRAINT "HoldRelease_holdId_fkey" FOREIGN KEY ("holdId") REFERENCES "Hold"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HoldRelease" ADD CONSTRAINT "HoldRelease_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HoldRelease" ADD CONSTRAINT "HoldRelease_releasedById_fkey" FOREIGN KEY ("releasedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Correction" ADD CONSTRAINT "Correction_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The words of a text by their plain letters: "Sian" finds Siân. A name with an apostrophe is found as one word and as
-- two: O’Neill by "oneill" and by "neill".
DROP INDEX "Person_search_words_idx";
DROP INDEX "Team_search_words_idx";
CREATE OR REPLACE FUNCTION "search_words"("text" text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector('simple', translate(
    plain_letters("text") || ' ' || plain_letters(translate("text", '''’‘ʼ′´`', repeat(' ', 7))),
    '!"#$%&()*+,-./:;<=>?@[\]^_{|}~', repeat(' ', 30)));
CREATE INDEX "Person_search_words_idx" ON "Person" USING gin ("search_words"("name"));
CREATE INDEX "Team_search_words_idx" ON "Team" USING gin ("search_words"("name"));
