import { secretForm, settleEventsForm, switchForm, testForm } from "../form.tsx";

export const { GET, POST } = testForm.route(switchForm, secretForm, settleEventsForm);
