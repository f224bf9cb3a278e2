# syntax=docker/dockerfile:1

#1 This stage has the development kit. Only the jar leaves it.
FROM <image:builder> AS build
WORKDIR /src

#1 The list of libraries changes less often than code, so it is copied first.
%if java-tool=maven
COPY .mvn .mvn
COPY mvnw pom.xml ./
RUN \
%if cache
    --mount=type=cache,target=/root/.m2 \
%end
    ./mvnw --batch-mode dependency:go-offline

COPY src src
RUN \
%if cache
    --mount=type=cache,target=/root/.m2 \
%end
    ./mvnw --batch-mode package -DskipTests
%end
%if java-tool=gradle
COPY gradle gradle
COPY gradlew settings.gradle build.gradle ./
RUN \
%if cache
    --mount=type=cache,target=/root/.gradle \
%end
    ./gradlew --no-daemon dependencies

COPY src src
RUN \
%if cache
    --mount=type=cache,target=/root/.gradle \
%end
    ./gradlew --no-daemon bootJar
%end

#1 The image that ships: the runtime without the compiler, and the jar.
FROM <image:runtime>
%use runtime
WORKDIR /app
COPY --from=build /src/<java-jar> ./app.jar
%use service
%if java-base=distroless
#2 The base starts java -jar with what stands here.
CMD ["/app/app.jar"]
%else
#2 The heap may take this share of the memory that the container may use.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "/app/app.jar"]
%end
