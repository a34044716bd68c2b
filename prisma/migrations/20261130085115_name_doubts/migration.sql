-- CreateTable
CREATE TABLE "NameDoubt" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "table" TEXT NOT NULL,
    "row" TEXT NOT NULL,
    "words" TEXT[],
    "foundAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NameDoubt_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "NameDoubt_body_foundAt_id_idx" ON "NameDoubt"("body", "foundAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "NameDoubt_personId_table_row_key" ON "NameDoubt"("personId", "table", "row");

-- AddForeignKey
ALTER TABLE "NameDoubt" ADD CONSTRAINT "NameDoubt_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A text by its plain letters, for looking for names in whatever spelling: small, without accents and apostrophes, wide
-- letters as ordinary ones, any blank as a plain one. The same as plainLetters in domain/base/text/plain-letters.ts.
CREATE FUNCTION "plain_letters"("text" text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN replace(replace(replace(replace(translate(
    lower(regexp_replace(normalize("text", NFKD), '[\u0300-\u036f\u200b-\u200d\u2060\u00ad\ufeff''’‘ʼ′´`]', '', 'g')),
    'ØøŁłĐđÐðıĦħ‐‑', 'oolldddddihh--'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
