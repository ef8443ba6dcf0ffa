/** Version of the program; kept equal to package.json by a test, so that a browser needs no file to know it. */
export const VERSION = "0.1.0";
