-- Appends rows to a body's chain: lock, head, hashes and inserts in one call, because everybody who appends to the chain
-- waits from the lock to the commit. What is hashed comes as its text before the row's position, and from there to the
-- hash of the row before (domain/evidence/journal/chain.ts). Being volatile, the function sees what was committed while it
-- waited.
CREATE FUNCTION "append_evidence"(of_body text, events jsonb) RETURNS void VOLATILE LANGUAGE plpgsql AS $$
DECLARE
  place int;
  previous text;
  own text;
  one record;
BEGIN
  PERFORM pg_advisory_xact_lock(20261, hashtext(of_body)); -- any number that no other lock uses
  SELECT "position", "hash" INTO place, previous
    FROM public."Evidence" WHERE "body" = of_body ORDER BY "position" DESC LIMIT 1;
  place := coalesce(place, 0);
  previous := coalesce(previous, repeat('0', 64));
  FOR one IN
    SELECT * FROM jsonb_to_recordset(events) AS r("event" text, "at" timestamptz, "actor" text, "subject" text,
      "policy" text, "version" text, "contentHash" text, "data" text, "commitment" text, "before" text, "between" text,
      "salt" text, "detail" text)
  LOOP
    place := place + 1;
    own := encode(sha256(convert_to(one."before" || place || one."between" || '"' || previous || '"]', 'UTF8')), 'hex');
    INSERT INTO public."Evidence" ("body", "position", "event", "at", "actor", "subject", "policy", "version",
      "contentHash", "data", "commitment", "previousHash", "hash")
    VALUES (of_body, place, one."event", one."at", one."actor", one."subject", one."policy", one."version",
      one."contentHash", one."data", one."commitment", previous, own);
    IF one."salt" IS NOT NULL THEN
      INSERT INTO public."EvidenceDetail" ("body", "position", "salt", "detail")
      VALUES (of_body, place, one."salt", one."detail");
    END IF;
    previous := own;
  END LOOP;
END
$$;
