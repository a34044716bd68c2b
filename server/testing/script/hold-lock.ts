import { lockFolder } from "#server/base/process-lock/process-lock.mjs";

// Takes the lock of the folder given and keeps it until killed.
const lock = await lockFolder(process.argv[2] ?? "");
console.log(lock ? "locked" : "refused");
if (lock) setInterval(() => {}, 1000);
