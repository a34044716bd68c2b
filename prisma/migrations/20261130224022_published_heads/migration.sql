-- CreateEnum
CREATE TYPE "TimeStampState" AS ENUM ('waiting', 'given', 'missed');

-- CreateTable
CREATE TABLE "EvidenceNode" (
    "body" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "EvidenceNode_pkey" PRIMARY KEY ("body","level","index")
);

-- CreateTable
CREATE TABLE "EvidenceHead" (
    "body" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "root" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "jws" TEXT NOT NULL,

    CONSTRAINT "EvidenceHead_pkey" PRIMARY KEY ("body","size")
);

-- CreateTable
CREATE TABLE "EvidenceWitness" (
    "body" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "root" TEXT NOT NULL,
    "kid" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "jws" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "isOurs" BOOLEAN NOT NULL,

    CONSTRAINT "EvidenceWitness_pkey" PRIMARY KEY ("body","size","root","kid")
);

-- CreateTable
CREATE TABLE "EvidenceTimeStamp" (
    "body" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "state" "TimeStampState" NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMPTZ(3) NOT NULL,
    "claimedUntil" TIMESTAMPTZ(3),
    "reason" TEXT,
    "stampedAt" TIMESTAMPTZ(3),
    "response" TEXT,

    CONSTRAINT "EvidenceTimeStamp_pkey" PRIMARY KEY ("body","size")
);

-- CreateIndex
CREATE INDEX "EvidenceTimeStamp_state_nextTryAt_idx" ON "EvidenceTimeStamp"("state", "nextTryAt");

-- AddForeignKey
ALTER TABLE "EvidenceTimeStamp" ADD CONSTRAINT "EvidenceTimeStamp_body_size_fkey" FOREIGN KEY ("body", "size") REFERENCES "EvidenceHead"("body", "size") ON DELETE RESTRICT ON UPDATE CASCADE;

-- They only grow, as the journal does.
CREATE TRIGGER "EvidenceNode_row" BEFORE UPDATE OR DELETE ON "EvidenceNode" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "EvidenceNode_truncate" BEFORE TRUNCATE ON "EvidenceNode" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "EvidenceHead_row" BEFORE UPDATE OR DELETE ON "EvidenceHead" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "EvidenceHead_truncate" BEFORE TRUNCATE ON "EvidenceHead" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "EvidenceWitness_row" BEFORE UPDATE OR DELETE ON "EvidenceWitness" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "EvidenceWitness_truncate" BEFORE TRUNCATE ON "EvidenceWitness" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
