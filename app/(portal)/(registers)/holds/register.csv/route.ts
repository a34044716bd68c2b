import { holds } from "../register.tsx";

export const GET = holds.file;
