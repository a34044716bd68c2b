import { incidents } from "../register.tsx";

export const GET = incidents.file;
