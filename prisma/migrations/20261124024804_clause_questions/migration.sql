-- CreateTable
CREATE TABLE "ClauseQuestion" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "clause" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMPTZ(3),
    "answeredById" TEXT,
    "note" TEXT,
    "notedAt" TIMESTAMPTZ(3),
    "notedById" TEXT,
    "noteWithdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "ClauseQuestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClauseTally" (
    "body" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "clause" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "ClauseTally_pkey" PRIMARY KEY ("body","policy","version","clause","month","kind")
);

-- CreateIndex
CREATE UNIQUE INDEX "ClauseQuestion_reference_key" ON "ClauseQuestion"("reference");

-- CreateIndex
CREATE INDEX "ClauseQuestion_body_policy_idx" ON "ClauseQuestion"("body", "policy");

-- CreateIndex
CREATE UNIQUE INDEX "ClauseQuestion_personId_startKey_key" ON "ClauseQuestion"("personId", "startKey");

-- AddForeignKey
ALTER TABLE "ClauseQuestion" ADD CONSTRAINT "ClauseQuestion_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClauseQuestion" ADD CONSTRAINT "ClauseQuestion_answeredById_fkey" FOREIGN KEY ("answeredById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClauseQuestion" ADD CONSTRAINT "ClauseQuestion_notedById_fkey" FOREIGN KEY ("notedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the forms promise, as the database's own last word.
ALTER TABLE "ClauseQuestion" ADD CONSTRAINT "ClauseQuestion_answer" CHECK (
  ("answeredAt" IS NULL) = (answer IS NULL) AND ("answeredAt" IS NULL) = ("answeredById" IS NULL));
ALTER TABLE "ClauseQuestion" ADD CONSTRAINT "ClauseQuestion_answerer" CHECK ("answeredById" IS NULL OR "answeredById" <> "personId");
ALTER TABLE "ClauseQuestion" ADD CONSTRAINT "ClauseQuestion_note" CHECK (
  ("notedAt" IS NULL) = (note IS NULL) AND ("notedAt" IS NULL) = ("notedById" IS NULL)
  AND ("notedAt" IS NULL OR "answeredAt" IS NOT NULL) AND ("noteWithdrawnAt" IS NULL OR "notedAt" IS NOT NULL));
ALTER TABLE "ClauseTally" ADD CONSTRAINT "ClauseTally_count" CHECK (count > 0);
ALTER TABLE "ClauseTally" ADD CONSTRAINT "ClauseTally_month" CHECK (month ~ '^[0-9]{4}-[0-9]{2}$');
