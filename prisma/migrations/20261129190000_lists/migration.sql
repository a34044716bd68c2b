-- Lists are read by keyset: the order of each is an index (docs/decisions/055-lists-by-keyset.md).
CREATE INDEX "Person_body_name_id_idx" ON "Person"("body", "name", "id");
CREATE INDEX "Person_email_idx" ON "Person" (lower("email") text_pattern_ops);
CREATE INDEX "ChatGroup_body_name_id_idx" ON "ChatGroup"("body", "name", "id");
CREATE INDEX "Exception_body_createdAt_idx" ON "Exception"("body", "createdAt");
CREATE INDEX "ClauseQuestion_body_askedAt_idx" ON "ClauseQuestion"("body", "askedAt");
CREATE INDEX "Incident_body_reportedAt_idx" ON "Incident"("body", "reportedAt");
CREATE INDEX "Incident_reporterId_reportedAt_idx" ON "Incident"("reporterId", "reportedAt");
CREATE INDEX "Hold_body_placedAt_idx" ON "Hold"("body", "placedAt");
CREATE INDEX "Mail_body_state_createdAt_idx" ON "Mail"("body", "state", "createdAt");
CREATE INDEX "Receipt_body_sharedWithManagerAt_idx" ON "Receipt"("body", "sharedWithManagerAt");

-- The words of a text, in small letters. What is looked for begins one of them:
-- search_words(name) @@ to_tsquery('simple', '''mai'':*').
CREATE FUNCTION "search_words"("text" text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector('simple', translate("text", '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)));
CREATE INDEX "Person_search_words_idx" ON "Person" USING gin ("search_words"("name"));
CREATE INDEX "Team_search_words_idx" ON "Team" USING gin ("search_words"("name"));
