-- AlterTable
ALTER TABLE "Exception" ADD COLUMN     "managerWhenSentId" TEXT;

-- CreateTable
CREATE TABLE "ExceptionCover" (
    "exceptionId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,

    CONSTRAINT "ExceptionCover_pkey" PRIMARY KEY ("exceptionId","personId")
);

-- CreateIndex
CREATE INDEX "ExceptionCover_personId_idx" ON "ExceptionCover"("personId");

-- AddForeignKey
ALTER TABLE "ExceptionCover" ADD CONSTRAINT "ExceptionCover_exceptionId_fkey" FOREIGN KEY ("exceptionId") REFERENCES "Exception"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExceptionCover" ADD CONSTRAINT "ExceptionCover_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who was in the team, and who the line manager was, when a request was sent is not known of earlier ones: today counts.
INSERT INTO "ExceptionCover" ("exceptionId", "personId")
SELECT e.id, p.id FROM "Exception" e JOIN "Person" p ON p."teamId" = e."teamId"
 WHERE e.scope = 'team' AND e.state IN ('submitted', 'changes-requested', 'approved');

UPDATE "Exception" e
   SET "managerWhenSentId" = coalesce((SELECT m.id FROM "Person" m WHERE m.id = p."managerId" AND m.status = 'active'), t."managerId")
  FROM "Person" p LEFT JOIN "Team" t ON t.id = p."teamId"
 WHERE p.id = e."requesterId" AND e.state IN ('submitted', 'changes-requested', 'approved');
