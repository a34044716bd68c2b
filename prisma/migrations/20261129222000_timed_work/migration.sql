-- Timed work takes what is next without looking through all that waits (docs/decisions/057-timed-work-in-batches.md).
CREATE INDEX "Mail_waiting_idx" ON "Mail" (("digestDay" IS NOT NULL), "nextTryAt", "id") WHERE "state" = 'waiting';
CREATE INDEX "Person_leaving_idx" ON "Person" ("body", "id") WHERE "leavesOn" IS NOT NULL;
