// Plain JavaScript, loaded with --import before a TypeScript entry: an older Node cannot even parse that entry, and its
// own message ("Unknown file extension .ts") tells nobody what to do.
const REQUIRED = [22, 18];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < REQUIRED[0] || (major === REQUIRED[0] && minor < REQUIRED[1])) {
  process.stderr.write(
    `This project's scripts need Node ${REQUIRED.join('.')} or newer, and this is Node ${process.versions.node}.\n` +
      'On Linux x64 and Windows x64 "npm ci" installs one inside the project: run the scripts through npm (npm start, npm test).\n' +
      'Elsewhere, or after "npm ci --omit=optional", install a newer Node.\n',
  );
  process.exit(1);
}
