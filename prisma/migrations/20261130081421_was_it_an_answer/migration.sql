-- CreateTable
CREATE TABLE "ResultTally" (
    "body" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "helped" BOOLEAN NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "ResultTally_pkey" PRIMARY KEY ("body","policy","version","rule","month","helped")
);

-- What the form promises, as the database's own last word.
ALTER TABLE "ResultTally" ADD CONSTRAINT "ResultTally_count" CHECK (count > 0);
ALTER TABLE "ResultTally" ADD CONSTRAINT "ResultTally_month" CHECK (month ~ '^[0-9]{4}-[0-9]{2}$');
