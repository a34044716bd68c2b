-- CreateEnum
CREATE TYPE "IncidentKind" AS ENUM ('shared', 'offensive', 'misconduct', 'scam', 'device', 'added');

-- CreateTable
CREATE TABLE "Incident" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "reporterId" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "kind" "IncidentKind" NOT NULL,
    "reportedAt" TIMESTAMPTZ(3) NOT NULL,
    "managerId" TEXT,
    "isKeptFromOfficers" BOOLEAN NOT NULL DEFAULT false,
    "keptFromId" TEXT,
    "withSeniorAt" TIMESTAMPTZ(3),
    "policy" TEXT,
    "version" TEXT,
    "situation" JSONB,
    "groupId" TEXT,
    "mayBePersonalData" BOOLEAN NOT NULL,
    "awareAt" TIMESTAMPTZ(3) NOT NULL,
    "openedAt" TIMESTAMPTZ(3),
    "decidedAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "warnedAtHours" INTEGER[],
    "escalatedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IncidentEntry" (
    "id" TEXT NOT NULL,
    "incidentId" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "personId" TEXT NOT NULL,
    "values" JSONB NOT NULL,

    CONSTRAINT "IncidentEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IncidentAction" (
    "id" TEXT NOT NULL,
    "incidentId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),
    "doneById" TEXT,

    CONSTRAINT "IncidentAction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IncidentReading" (
    "incidentId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "day" TEXT NOT NULL,

    CONSTRAINT "IncidentReading_pkey" PRIMARY KEY ("incidentId","personId","what","day")
);

-- CreateIndex
CREATE UNIQUE INDEX "Incident_reference_key" ON "Incident"("reference");

-- CreateIndex
CREATE INDEX "Incident_body_closedAt_idx" ON "Incident"("body", "closedAt");

-- CreateIndex
CREATE INDEX "Incident_managerId_idx" ON "Incident"("managerId");

-- CreateIndex
CREATE UNIQUE INDEX "Incident_reporterId_startKey_key" ON "Incident"("reporterId", "startKey");

-- CreateIndex
CREATE INDEX "IncidentEntry_personId_idx" ON "IncidentEntry"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "IncidentEntry_incidentId_part_position_key" ON "IncidentEntry"("incidentId", "part", "position");

-- CreateIndex
CREATE INDEX "IncidentAction_ownerId_idx" ON "IncidentAction"("ownerId");

-- CreateIndex
CREATE UNIQUE INDEX "IncidentAction_incidentId_position_key" ON "IncidentAction"("incidentId", "position");

-- CreateIndex
CREATE INDEX "IncidentReading_personId_idx" ON "IncidentReading"("personId");

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_reporterId_fkey" FOREIGN KEY ("reporterId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_managerId_fkey" FOREIGN KEY ("managerId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "ChatGroup"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentEntry" ADD CONSTRAINT "IncidentEntry_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentEntry" ADD CONSTRAINT "IncidentEntry_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentAction" ADD CONSTRAINT "IncidentAction_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentAction" ADD CONSTRAINT "IncidentAction_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentAction" ADD CONSTRAINT "IncidentAction_doneById_fkey" FOREIGN KEY ("doneById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentReading" ADD CONSTRAINT "IncidentReading_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentReading" ADD CONSTRAINT "IncidentReading_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the forms promise, as the database's own last word.
ALTER TABLE "IncidentEntry" ADD CONSTRAINT "IncidentEntry_position" CHECK (position > 0);
ALTER TABLE "IncidentAction" ADD CONSTRAINT "IncidentAction_text" CHECK (text <> '');
ALTER TABLE "IncidentAction" ADD CONSTRAINT "IncidentAction_done" CHECK (("doneAt" IS NULL) = ("doneById" IS NULL));
ALTER TABLE "IncidentReading" ADD CONSTRAINT "IncidentReading_what" CHECK (what IN ('opened', 'exported'));
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_situation" CHECK (
  (policy IS NULL) = (version IS NULL) AND (policy IS NULL) = (situation IS NULL));
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_manager" CHECK ("managerId" IS NULL OR "managerId" <> "reporterId");
-- Personal data may be out: nobody closes the case before it is decided whether to report it.
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_closing" CHECK (
  "closedAt" IS NULL OR NOT "mayBePersonalData" OR "decidedAt" IS NOT NULL);
