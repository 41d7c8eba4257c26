/** Tells a register of this program from any other SQLite file ("VTHU"), whatever its version says. */
export const APPLICATION_ID = 0x56_54_48_55;
