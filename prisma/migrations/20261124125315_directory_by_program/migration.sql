-- CreateTable
CREATE TABLE "ScimUser" (
    "personId" TEXT NOT NULL,
    "userName" TEXT NOT NULL,
    "userNameKey" TEXT NOT NULL,
    "givenName" TEXT,
    "familyName" TEXT,
    "formattedName" TEXT,
    "said" TEXT[],
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ScimUser_pkey" PRIMARY KEY ("personId")
);

-- CreateTable
CREATE TABLE "DirectoryGroup" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "externalId" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DirectoryGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DirectoryGroupMember" (
    "groupId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,

    CONSTRAINT "DirectoryGroupMember_pkey" PRIMARY KEY ("groupId","personId")
);

-- CreateIndex
CREATE UNIQUE INDEX "ScimUser_userNameKey_key" ON "ScimUser"("userNameKey");

-- CreateIndex
CREATE UNIQUE INDEX "DirectoryGroup_body_nameKey_key" ON "DirectoryGroup"("body", "nameKey");

-- CreateIndex
CREATE INDEX "DirectoryGroupMember_personId_idx" ON "DirectoryGroupMember"("personId");

-- AddForeignKey
ALTER TABLE "ScimUser" ADD CONSTRAINT "ScimUser_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DirectoryGroupMember" ADD CONSTRAINT "DirectoryGroupMember_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "DirectoryGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DirectoryGroupMember" ADD CONSTRAINT "DirectoryGroupMember_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the service promises, as the database's own last word.
ALTER TABLE "ScimUser" ADD CONSTRAINT "ScimUser_userNameKey" CHECK ("userNameKey" <> '');
ALTER TABLE "DirectoryGroup" ADD CONSTRAINT "DirectoryGroup_nameKey" CHECK ("nameKey" <> '');
ALTER TABLE "DirectoryGroup" ADD CONSTRAINT "DirectoryGroup_revision" CHECK (revision > 0);
-- A token for the directory does nothing else, and no other token does that.
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_directory" CHECK (NOT ('directory' = ANY(scopes)) OR cardinality(scopes) = 1);
