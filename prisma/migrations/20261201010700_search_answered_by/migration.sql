-- AlterTable
ALTER TABLE "SearchAnswer" ADD COLUMN "answeredById" TEXT;

-- CreateIndex
CREATE INDEX "SearchAnswer_answeredById_idx" ON "SearchAnswer"("answeredById");

-- AddForeignKey
ALTER TABLE "SearchAnswer" ADD CONSTRAINT "SearchAnswer_answeredById_fkey" FOREIGN KEY ("answeredById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
