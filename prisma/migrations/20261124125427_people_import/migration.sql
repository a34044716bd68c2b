-- CreateTable
CREATE TABLE "PeopleImport" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "content" BYTEA,
    "report" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "PeopleImport_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PeopleImport_createdAt_idx" ON "PeopleImport"("createdAt");

-- CreateIndex
CREATE INDEX "PeopleImport_personId_idx" ON "PeopleImport"("personId");

-- AddForeignKey
ALTER TABLE "PeopleImport" ADD CONSTRAINT "PeopleImport_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
