-- CreateEnum
CREATE TYPE "MailState" AS ENUM ('waiting', 'sent', 'unsent', 'dead');

-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "passedOnAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Mail" (
    "id" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "noticeId" TEXT,
    "digestDay" TEXT,
    "subject" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "state" "MailState" NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMPTZ(3) NOT NULL,
    "claimedUntil" TIMESTAMPTZ(3),
    "reason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "Mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DigestState" (
    "personId" TEXT NOT NULL,
    "day" TEXT NOT NULL DEFAULT '',
    "taskKeys" TEXT[],
    "offSince" TIMESTAMPTZ(3),

    CONSTRAINT "DigestState_pkey" PRIMARY KEY ("personId")
);

-- CreateTable
CREATE TABLE "TaskFeed" (
    "personId" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TaskFeed_pkey" PRIMARY KEY ("personId")
);

-- CreateTable
CREATE TABLE "JobRun" (
    "id" TEXT NOT NULL,
    "job" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "attempt" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "result" TEXT,
    "failure" TEXT,
    "askedById" TEXT,

    CONSTRAINT "JobRun_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Mail_messageId_key" ON "Mail"("messageId");

-- CreateIndex
CREATE UNIQUE INDEX "Mail_noticeId_key" ON "Mail"("noticeId");

-- CreateIndex
CREATE INDEX "Mail_state_nextTryAt_idx" ON "Mail"("state", "nextTryAt");

-- CreateIndex
CREATE INDEX "Mail_body_createdAt_idx" ON "Mail"("body", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Mail_personId_digestDay_key" ON "Mail"("personId", "digestDay");

-- CreateIndex
CREATE UNIQUE INDEX "TaskFeed_hash_key" ON "TaskFeed"("hash");

-- CreateIndex
CREATE INDEX "JobRun_job_startedAt_idx" ON "JobRun"("job", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "JobRun_job_dueAt_attempt_key" ON "JobRun"("job", "dueAt", "attempt");

-- AddForeignKey
ALTER TABLE "Mail" ADD CONSTRAINT "Mail_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mail" ADD CONSTRAINT "Mail_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DigestState" ADD CONSTRAINT "DigestState_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskFeed" ADD CONSTRAINT "TaskFeed_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobRun" ADD CONSTRAINT "JobRun_askedById_fkey" FOREIGN KEY ("askedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the code promises, as the database's own last word.
ALTER TABLE "Mail" ADD CONSTRAINT "Mail_cause" CHECK (("noticeId" IS NULL) = ("digestDay" IS NOT NULL));
ALTER TABLE "Mail" ADD CONSTRAINT "Mail_sent" CHECK ((state = 'sent') = ("sentAt" IS NOT NULL));
ALTER TABLE "JobRun" ADD CONSTRAINT "JobRun_end" CHECK (
  ("endedAt" IS NULL) = (result IS NULL AND failure IS NULL) AND (result IS NULL OR failure IS NULL));
