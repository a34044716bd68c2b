import { directory } from "../people/register.tsx";

export const GET = directory.file;
