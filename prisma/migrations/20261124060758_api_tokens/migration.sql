-- CreateTable
CREATE TABLE "ApiToken" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "hash" TEXT NOT NULL,
    "startHash" TEXT NOT NULL,
    "sealed" TEXT,
    "madeById" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedOn" TEXT,
    "revokedAt" TIMESTAMPTZ(3),
    "revokedById" TEXT,

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_reference_key" ON "ApiToken"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_hash_key" ON "ApiToken"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_startHash_key" ON "ApiToken"("startHash");

-- CreateIndex
CREATE INDEX "ApiToken_body_idx" ON "ApiToken"("body");

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_madeById_fkey" FOREIGN KEY ("madeById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_revokedById_fkey" FOREIGN KEY ("revokedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the service promises, as the database's own last word.
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_hash" CHECK (hash ~ '^[0-9a-f]{64}$');
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_scopes" CHECK (cardinality(scopes) > 0);
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_end" CHECK ("expiresAt" > "madeAt");
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_lastUsedOn" CHECK ("lastUsedOn" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$');
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_revoker" CHECK ("revokedById" IS NULL OR "revokedAt" IS NOT NULL);
