# Finds a JDK 25 and exports it as JAVA_HOME; sourced by ./mvnw and ./catnap.
# Order: CATNAP_JAVA_HOME, JAVA_HOME, then the places where packages and version managers put JDKs.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[".]' "$1/release"
}

find_jdk_25() {
  set +f
  for candidate in "${CATNAP_JAVA_HOME-}" "${JAVA_HOME-}" \
    /usr/lib/jvm/* /opt/*jdk* /opt/java/* "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

if ! find_jdk_25; then
  echo "Catnap needs a JDK 25 and found none: install one (for example the package temurin-25-jdk or openjdk-25-jdk), or point JAVA_HOME at it." >&2
  exit 1
fi
