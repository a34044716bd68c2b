/** An answer that a browser saves as a ZIP file. @param fileName with its ending */
export const zipResponse = (fileName: string, bytes: Uint8Array): Response =>
  new Response(Uint8Array.from(bytes), {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${fileName.replaceAll(/[^A-Za-z0-9.-]+/g, "-")}"`,
      "cache-control": "no-store",
    },
  });
