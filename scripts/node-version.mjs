// @ts-check
// The first thing every script imports; in words that old versions of Node also understand.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`With Care needs Node 20.19 or later, and this is ${process.versions.node}: install a newer one.`);
  process.exit(1);
}
