-- Tables are called what the code calls what is in them: their rows, keys, indexes and rights stay as they are.
DO $$
DECLARE
  renamed record;
  part record;
BEGIN
  FOR renamed IN
    SELECT * FROM (VALUES
      ('KeptInput', 'FormInput'),
      ('CheckHeld', 'UnderstandingCheck'),
      ('DecisionReceipt', 'Receipt'),
      ('ReceiptSight', 'ReceiptReading')
    ) AS names (old, new)
  LOOP
    EXECUTE format('ALTER TABLE %I RENAME TO %I', renamed.old, renamed.new);
    FOR part IN
      SELECT conname AS name FROM pg_constraint
       WHERE conrelid = format('%I', renamed.new)::regclass AND starts_with(conname, renamed.old || '_')
    LOOP
      EXECUTE format(
        'ALTER TABLE %I RENAME CONSTRAINT %I TO %I',
        renamed.new, part.name, renamed.new || substr(part.name, length(renamed.old) + 1)
      );
    END LOOP;
    FOR part IN
      SELECT relname AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
       WHERE indrelid = format('%I', renamed.new)::regclass AND starts_with(relname, renamed.old || '_')
    LOOP
      EXECUTE format(
        'ALTER INDEX %I RENAME TO %I', part.name, renamed.new || substr(part.name, length(renamed.old) + 1)
      );
    END LOOP;
  END LOOP;
END
$$;

ALTER TYPE "CheckKind" RENAME TO "UnderstandingCheckKind";
