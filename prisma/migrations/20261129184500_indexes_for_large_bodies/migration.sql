-- Those with a role are few among many.
CREATE INDEX "Person_roles_idx" ON "Person" USING GIN ("roles");

-- Of many, the few that wait for somebody. The schema of Prisma has no words for these.
CREATE INDEX "Acknowledgement_declined_idx" ON "Acknowledgement" ("body", "givenAt", "id")
  WHERE "reason" IS NOT NULL AND "repliedAt" IS NULL;
CREATE INDEX "ClauseQuestion_unanswered_idx" ON "ClauseQuestion" ("body", "askedAt", "id") WHERE "answeredAt" IS NULL;
CREATE INDEX "CapturedRecord_due_idx" ON "CapturedRecord" ("body", "keepUntil", "id") WHERE "disposedAt" IS NULL;
CREATE INDEX "CapturedRecord_unclassified_idx" ON "CapturedRecord" ("body", "capturedAt", "id")
  WHERE "disposedAt" IS NULL AND "className" IS NULL;
CREATE INDEX "GroupMember_escalated_idx" ON "GroupMember" ("groupId")
  WHERE "escalatedAt" IS NOT NULL AND "removedAt" IS NULL;
