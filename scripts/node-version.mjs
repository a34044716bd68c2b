// @ts-check
// The first thing every script imports; in words that old versions of Node also understand.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `With Care needs Node 24 or 22 (20.19 at the least), and this is ${process.versions.node}: install Node 24.`,
  );
  process.exit(1);
}
