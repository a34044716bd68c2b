import { apps } from "../register.tsx";

export const GET = apps.file;
