import { exceptions } from "../register/register.tsx";

export const GET = exceptions.file;
