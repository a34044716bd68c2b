-- CreateTable
CREATE TABLE "UnfoundWords" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "words" TEXT NOT NULL,

    CONSTRAINT "UnfoundWords_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "UnfoundWords_body_day_idx" ON "UnfoundWords"("body", "day");
