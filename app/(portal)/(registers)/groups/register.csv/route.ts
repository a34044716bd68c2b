import { groups } from "../register.tsx";

export const GET = groups.file;
