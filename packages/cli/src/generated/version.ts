/** The version of this package. Made from package.json by `npm run generate`. */
export const version: string = '0.1.0';
