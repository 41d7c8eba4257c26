/** What a child process may need to find its libraries, folders, language and proxy; nothing else is handed on. */
const kept: readonly RegExp[] = [
  /^(PATH|HOME|USER|LOGNAME|TMPDIR|TEMP|TMP|TZ|LANG|LC_\w+|XDG_\w+|DBUS_SESSION_BUS_ADDRESS)$/i,
  /^(SYSTEMROOT|WINDIR|APPDATA|LOCALAPPDATA|USERPROFILE|PROGRAMDATA|PROGRAMFILES(\(X86\))?|COMSPEC|PATHEXT)$/i,
  /^(HTTP_PROXY|HTTPS_PROXY|NO_PROXY|LD_LIBRARY_PATH)$/i,
];

/** Leaves out what changes how Node runs (`NODE_OPTIONS`, …) and whatever secrets the launching shell carries. */
export function cleanEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && kept.some((pattern) => pattern.test(entry[0])),
    ),
  );
}
