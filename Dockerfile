FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -B -ntp -q -Pquick -pl app -am package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 steward && mkdir /data && chown steward /data
USER steward
COPY --from=build /src/app/target/lib /opt/steward/lib
COPY --from=build /src/app/target/steward-app.jar /src/LICENSE /src/NOTICE /opt/steward/
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["java", "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
  "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", \
  "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=30", "-XX:-ShrinkHeapInSteps", "-XX:MetaspaceSize=128m", "-Djdk.trackAllThreads=false", \
  "-cp", "/opt/steward/steward-app.jar:/opt/steward/lib/*", "dev.steward.app.Main"]
CMD ["up"]
