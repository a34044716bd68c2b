/** What the names of all databases begin with that tests make on a server. */
export const TEST_DATABASES = "with_care_test_";
