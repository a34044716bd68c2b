-- CreateEnum
CREATE TYPE "WebhookKind" AS ENUM ('webhook', 'teams', 'slack');

-- CreateEnum
CREATE TYPE "WebhookMessageState" AS ENUM ('waiting', 'sent', 'dead');

-- CreateTable
CREATE TABLE "Webhook" (
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "kind" "WebhookKind" NOT NULL,
    "name" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "events" TEXT[],
    "hasNames" BOOLEAN NOT NULL,
    "isOn" BOOLEAN NOT NULL DEFAULT true,
    "offReason" TEXT,
    "startHash" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Webhook_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "WebhookMessage" (
    "id" TEXT NOT NULL,
    "webhookId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "state" "WebhookMessageState" NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMPTZ(3) NOT NULL,
    "claimedUntil" TIMESTAMPTZ(3),
    "reason" TEXT,
    "queuedAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebhookMessage_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Webhook_startHash_key" ON "Webhook"("startHash");

-- CreateIndex
CREATE INDEX "Webhook_body_idx" ON "Webhook"("body");

-- CreateIndex
CREATE INDEX "WebhookMessage_state_nextTryAt_idx" ON "WebhookMessage"("state", "nextTryAt");

-- CreateIndex
CREATE INDEX "WebhookMessage_body_queuedAt_idx" ON "WebhookMessage"("body", "queuedAt");

-- CreateIndex
CREATE UNIQUE INDEX "WebhookMessage_webhookId_position_key" ON "WebhookMessage"("webhookId", "position");

-- AddForeignKey
ALTER TABLE "WebhookMessage" ADD CONSTRAINT "WebhookMessage_webhookId_fkey" FOREIGN KEY ("webhookId") REFERENCES "Webhook"("reference") ON DELETE CASCADE ON UPDATE CASCADE;
