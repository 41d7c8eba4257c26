// What the thread that writes the log back and its owner tell each other in memory that both see.
export const IDLE = 0;
export const WORKING = 1;
export const CLOSED = 2;
