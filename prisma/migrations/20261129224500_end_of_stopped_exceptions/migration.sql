-- An exception that was approved and then revoked or withdrawn ends at that moment.
UPDATE "Exception" e
   SET "endsAt" = s.at
  FROM "ExceptionStep" s
 WHERE s."exceptionId" = e.id
   AND s.command IN ('revoke', 'withdraw')
   AND e.state IN ('revoked', 'withdrawn')
   AND e."startsAt" IS NOT NULL
   AND s.at < e."endsAt";
