-- AlterTable
ALTER TABLE "ExceptionStep" ADD COLUMN     "forId" TEXT;

-- CreateTable
CREATE TABLE "Deputy" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "principalId" TEXT NOT NULL,
    "deputyId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "madeById" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endedById" TEXT,

    CONSTRAINT "Deputy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExceptionNote" (
    "id" TEXT NOT NULL,
    "exceptionId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "personId" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "ExceptionNote_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Deputy_body_endedAt_until_idx" ON "Deputy"("body", "endedAt", "until");

-- CreateIndex
CREATE INDEX "Deputy_principalId_idx" ON "Deputy"("principalId");

-- CreateIndex
CREATE INDEX "Deputy_deputyId_idx" ON "Deputy"("deputyId");

-- CreateIndex
CREATE INDEX "ExceptionNote_exceptionId_at_idx" ON "ExceptionNote"("exceptionId", "at");

-- CreateIndex
CREATE INDEX "ExceptionNote_personId_idx" ON "ExceptionNote"("personId");

-- AddForeignKey
ALTER TABLE "Deputy" ADD CONSTRAINT "Deputy_principalId_fkey" FOREIGN KEY ("principalId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Deputy" ADD CONSTRAINT "Deputy_deputyId_fkey" FOREIGN KEY ("deputyId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Deputy" ADD CONSTRAINT "Deputy_madeById_fkey" FOREIGN KEY ("madeById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Deputy" ADD CONSTRAINT "Deputy_endedById_fkey" FOREIGN KEY ("endedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExceptionStep" ADD CONSTRAINT "ExceptionStep_forId_fkey" FOREIGN KEY ("forId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExceptionNote" ADD CONSTRAINT "ExceptionNote_exceptionId_fkey" FOREIGN KEY ("exceptionId") REFERENCES "Exception"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExceptionNote" ADD CONSTRAINT "ExceptionNote_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AlterTable
ALTER TABLE "Exception" ADD COLUMN     "askedById" TEXT;

-- AddForeignKey
ALTER TABLE "Exception" ADD CONSTRAINT "Exception_askedById_fkey" FOREIGN KEY ("askedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Nobody decides on what they asked for; who has decided on an exception may take it over later.
ALTER TABLE "Exception" DROP CONSTRAINT "Exception_decider";
ALTER TABLE "Exception" ADD CONSTRAINT "Exception_decider" CHECK ("decidedById" IS NULL OR "decidedById" <> COALESCE("askedById", "requesterId"));

-- A deputy stands in for somebody else.
ALTER TABLE "Deputy" ADD CONSTRAINT "Deputy_other" CHECK ("deputyId" <> "principalId");
ALTER TABLE "Deputy" ADD CONSTRAINT "Deputy_days" CHECK ("until" >= "from");
