import { clearDowns } from "../register.tsx";

export const GET = clearDowns.file;
